"""Reading, marking and making workbooks."""
