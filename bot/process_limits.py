"""What a child process that opens strangers' files may use."""

import resource


def limit_this_process(memory_bytes: int, cpu_s: int) -> None:
    """For the child, first thing. Over the memory: MemoryError; over the time: SIGXCPU, a second later SIGKILL."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
