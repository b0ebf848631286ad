"""Every word a person sees, one module a feature; functions escape what people typed."""
