"""The running bot leaves no dump with keys in it, and still starts the processes it needs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = """
import asyncio, ctypes, resource, sys
from bot.hardening import keep_memory_private

keep_memory_private()
keep_memory_private()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))

async def child():
    started = await asyncio.create_subprocess_exec(sys.executable, "-c", "print('child')", stdout=asyncio.subprocess.PIPE)
    print((await started.communicate())[0].decode().strip())

asyncio.run(child())
"""


def test_memory_is_private_and_children_start():
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[:2] == ["(0, 0) 0", "child"], done.stderr
