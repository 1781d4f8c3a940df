"""Forked kernels are kernels like others."""

import os

import psutil
import pytest
from jupyter_client.manager import start_new_kernel

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="kernels are started as usual here"),
]


def printed(client, code):
    """Return what `code` prints, or the name of the error that it raises."""
    texts = []

    def hook(message):
        texts.append(message["content"].get("text") or message["content"].get("ename") or "")

    client.execute_interactive(code, output_hook=hook, timeout=60)
    return "".join(texts).strip()


@pytest.fixture
def start():
    started = []

    def start_(**options):
        manager, client = start_new_kernel(**options)
        started.append((manager, client))
        return manager, client

    yield start_
    for manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_each_has_the_libraries_and_draws_its_own_numbers(start, tmp_path):
    code = (
        "import os, sys, numpy as np; print('torch' in sys.modules, os.getcwd(), np.random.rand())"
    )
    first, second = (printed(start(cwd=str(tmp_path))[1], code) for _ in range(2))
    assert first != second


def test_what_counts_from_the_start_is_not_inherited(start):
    code = "import os, sys; print('torch' in sys.modules, os.environ['GREETING'], hash('a'))"
    hashes = []
    for forked, changed in (("True", {}), ("False", {"PYTHONHASHSEED": "7"})):
        _, client = start(env={**os.environ, "GREETING": "hello", **changed})
        *others, number = printed(client, code).split()
        assert others == [forked, "hello"]
        hashes.append(number)
    assert hashes[0] != hashes[1]


def test_it_can_be_interrupted_and_its_end_is_seen(start):
    manager, client = start()
    sleep = client.execute("import time; time.sleep(60)")
    while client.get_iopub_msg(timeout=10)["msg_type"] != "execute_input":
        pass
    manager.interrupt_kernel()
    replies = iter(lambda: client.get_shell_msg(timeout=10), None)  # to earlier requests, too
    reply = next(reply for reply in replies if reply["parent_header"]["msg_id"] == sleep)
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert manager.is_alive()
    client.execute("import os; os._exit(3)")
    assert manager.provisioner.process.wait(10) == 3


def test_it_goes_with_the_process_that_jupyter_started(start):
    manager, client = start()
    kernel = psutil.Process(int(printed(client, "import os; print(os.getpid())")))
    assert kernel.pid != manager.provisioner.process.pid
    manager.provisioner.process.kill()
    assert psutil.wait_procs([kernel], timeout=10)[1] == []
