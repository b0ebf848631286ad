"""Tables of the domain to and from files; the only place that knows openpyxl."""
