"""Updates in, over real loopback HTTP and into a real inbox."""
