import threading
import time

from course_utils.explorers.newest import Newest


def test_a_newer_task_replaces_the_waiting_one_and_the_last_is_always_done():
    done, go = [], threading.Event()

    def work(task):
        go.wait(5)
        done.append(task)

    newest = Newest(work)
    for task in range(10):
        newest.ask(task)
    assert newest.outdated
    go.set()
    assert newest.wait(5)
    assert done[-1] == 9
    assert len(done) <= 2


def test_asking_never_waits_and_waiting_can_give_up():
    newest = Newest(lambda _: time.sleep(0.2))
    start = time.perf_counter()
    for task in range(100):
        newest.ask(task)
    assert time.perf_counter() - start < 0.1
    assert not newest.wait(0.01)
    assert newest.wait(5)


def test_one_task_at_a_time_and_no_thread_when_idle():
    running, most = [0], [0]
    lock = threading.Lock()

    def work(_):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.001)
        with lock:
            running[0] -= 1

    newest = Newest(work)
    threads = [
        threading.Thread(target=lambda: [newest.ask(n) for n in range(50)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert newest.wait(5)
    assert most[0] == 1
    time.sleep(0.05)
    assert not [thread for thread in threading.enumerate() if thread.name == "explorer"]
