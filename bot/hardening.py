"""What lies in the memory of the running bot stays there: no core dump, no other process of the same user looks in."""

import ctypes
import resource

PR_SET_DUMPABLE = 4


def keep_memory_private() -> None:
    """Keys and opened texts would be in a dump. For the bot itself; its child processes start anew. Idempotent."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
