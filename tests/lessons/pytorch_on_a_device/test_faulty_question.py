"""Exam item 7.1 over 1000 variants; faults are run again here."""

import re
from collections import Counter
from functools import cache
from math import isqrt, prod
from mmap import ACCESS_READ, mmap
from pathlib import Path

import pytest
import torch

from course_utils.exam import Question
from course_utils.exam.kinds.faulty_lines import FaultyLines
from course_utils.lessons.pytorch_on_a_device.model import QUOTED_FROM, run
from course_utils.lessons.pytorch_on_a_device.programs import Bad, Program, exam_program
from course_utils.lessons.pytorch_on_a_device.questions import item_7_1
from course_utils.lessons.room import written
from course_utils.runtime import REPOSITORY

SEEDS = range(150)  # those that are run again here


@cache
def asked(seed: int | None) -> tuple[Question, FaultyLines, Program]:
    question = item_7_1.question(seed)
    (part,) = question.parts
    assert isinstance(part, FaultyLines)
    return question, part, item_7_1.facts(seed)


def on_the_cpu(facts: Program, text: str) -> torch.Tensor:
    """The output with real numbers, without the room's way of running."""
    names: dict = {}
    exec(text.replace('"cuda"', '"cpu"'), names)
    with torch.random.fork_rng(devices=[]):
        return names[facts.network]()(torch.randn(2, *facts.shape[1:]))


def test_the_exams_program_has_the_exams_figures_and_faults() -> None:
    question, part, facts = asked(None)
    shown = facts.shown()
    for figure in ("(1, 100, ", "(10, 50, ", "(50, 5, ", "(5 * 256, 50)", "(10, 1, 28, 28)"):
        assert figure in shown
    faulty = [part.lines[fault.line - 1] for fault in part.faults]
    assert "Conv2d(10, 50" in faulty[0]
    assert ".cpu()" in faulty[1]
    assert "h + images" in faulty[2]
    assert "return self.output" in faulty[3]
    assert part.faults[0].also == (part.faults[0].line - 1,)  # 100 → 10 would do as well
    assert question.mark((part.key(),)) == question.points == 4
    assert part.mark(dict.fromkeys(part.fields, "x")).points == 0


@pytest.mark.parametrize("seed", [None, *range(12)])
def test_without_a_stand_in_programs_and_faults_behave_the_same(seed: int | None) -> None:
    _, part, facts = asked(seed)
    output = on_the_cpu(facts, facts.text())
    assert output.shape[0] == 2
    assert torch.isfinite(output).all()
    for i, bad in facts.bad.items():
        if bad.kind not in ("move", "device"):  # which need a second device
            with pytest.raises((RuntimeError, TypeError, NameError, AttributeError)):
                on_the_cpu(facts, facts.text({i: bad.text}))
    for fault in part.faults:
        for line in fault.also:
            bad = facts.bad[fault.line - 1]
            both = {fault.line - 1: bad.text, line - 1: bad.elsewhere[line - 1]}
            assert on_the_cpu(facts, facts.text(both)).shape[0] == 2


def test_a_line_that_is_not_faulty_is_shown_as_it_is_in_the_right_program() -> None:
    for seed in (None, *SEEDS):
        _, part, facts = asked(seed)
        for i, line in enumerate(part.lines):
            assert (line == facts.right[i]) == (i not in facts.bad)


def test_no_fault_can_be_put_right_in_anothers_line_and_none_excuses_another() -> None:
    for seed in SEEDS:
        _, part, facts = asked(seed)
        lines = [line for fault in part.faults for line in fault.lines]
        assert len(set(lines)) == len(lines)
        shown = facts.shown()
        for bad in facts.bad.values():
            if bad.kind == "device":
                layer = bad.text.split("self.")[1].split(" ")[0]
                used = shown.split("def forward")[1]
                assert f"{layer}(" in used or "undefined" in {b.kind for b in facts.bad.values()}


def test_a_fault_that_can_be_put_right_where_it_shows_may_be_ticked_there() -> None:
    left_on_the_cpu = 0
    for seed in SEEDS:
        _, part, facts = asked(seed)
        for fault in part.faults:
            bad = facts.bad[fault.line - 1]
            if bad.kind in ("move", "type", "flatten"):
                assert fault.also == (fault.line + 1,)  # h.to(device), h.float(), h.view(…)
            if bad.kind == "device":
                assert not fault.also  # a layer is moved where it is made
                left_on_the_cpu += 1
    assert left_on_the_cpu > 20


def test_all_is_asked_to_be_computed_on_the_card_so_that_no_layer_stays_on_the_cpu() -> None:
    for seed in (None, *SEEDS):
        assert "graphics card, where all is to be computed" in asked(seed)[0].prompt


def test_every_kind_of_fault_occurs() -> None:
    kinds = Counter(b.kind for seed in range(1000) for b in item_7_1.facts(seed).bad.values())
    assert len(kinds) == 14
    assert min(kinds.values()) >= 12
    assert sum(bool(f.also) for seed in SEEDS for f in asked(seed)[1].faults) > 5
    for seed in SEEDS:
        _, part, facts = asked(seed)
        assert len(part.faults) == 4
        assert len({bad.kind for bad in facts.bad.values()}) == 4
        assert 12 <= len(part.fields) <= 25
        assert max(map(len, part.lines)) < 90


def test_a_mixture_of_devices_is_found_and_named() -> None:
    facts = exam_program()
    moved = run(facts.text({15: facts.bad[15].text}), facts.network, facts.shape)
    assert "Input type (torch.FloatTensor) and weight type (torch.cuda.FloatTensor)" in moved.error
    assert moved.quoted
    assert moved.line == 17
    left = facts.right[9].replace(".to(device)", "")
    stayed = run(facts.text({9: left}), facts.network, facts.shape)
    assert "Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor)" in stayed.error


def test_what_is_quoted_and_not_raised_stands_in_the_library() -> None:
    facts = exam_program()
    moved = run(facts.text({15: facts.bad[15].text}), facts.network, facts.shape)
    typed = r"torch\.(?:cuda\.)?FloatTensor"
    convolution = [*re.split(typed, moved.error.partition(": ")[2])]
    assert convolution == ["Input type (", ") and weight type (", ") should be the same"]
    (library,) = (Path(torch.__file__).parent / "lib").glob("*torch_cpu.[sd]*")
    with library.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as binary:
        for words in (*convolution, "Expected all tensors to be on the same device"):
            assert binary.find(words.encode()) >= 0, words


def test_the_stand_in_asks_and_says_what_the_lecture_tells() -> None:
    there, here = torch.zeros(3, 4, device="meta"), torch.zeros(4, 5)
    image, indices = torch.zeros(1, 1, 8, 8, device="meta"), there[0].long()
    torch.nn.Conv2d(1, 2, 3)(image)  # these three do not ask
    torch.nn.Embedding(3, 2)(indices)
    assert (there @ here).device.type == "meta"
    with pytest.raises(RuntimeError) as caught:
        torch.cat([there.T, here], dim=1)
    stem = written()["pytorch_on_a_device"]
    source = (REPOSITORY / "solutions" / f"{stem}.md").read_text(encoding="utf-8")
    assert f"on the stand-in *{str(caught.value).rstrip('!')}*" in source
    assert "a matrix product, a convolution and an embedding do not ask there" in source


def test_the_key_quotes_what_was_raised_and_says_where_it_is_a_cards_own_error() -> None:
    question, part, facts = asked(None)
    for fault in part.faults:
        told = run(
            facts.text({fault.line - 1: facts.bad[fault.line - 1].text}), "Network", facts.shape
        )
        assert told.error[:100] in fault.why
        assert ("as a graphics card raises it" in fault.why) == told.quoted
    assert sum(f"in the words of PyTorch {QUOTED_FROM}" in f.why for f in part.faults) == 1
    assert facts.shown().rstrip() in question.derivation
    assert facts.text().rstrip() in question.derivation


def test_running_leaves_the_students_random_numbers_and_their_layers_alone() -> None:
    torch.manual_seed(3)
    before = torch.random.get_rng_state()
    run.cache_clear()
    facts = exam_program()
    assert run(facts.text(), facts.network, facts.shape).shape == (10, 50)
    assert torch.equal(torch.random.get_rng_state(), before)
    assert torch.nn.Linear(2, 1)(torch.zeros(1, 2)).shape == (1, 1)


def test_an_author_whose_program_or_fault_is_none_is_told_so() -> None:
    good = exam_program()
    broken = Program("Network", (1, 1), good.right, {})
    with pytest.raises(RuntimeError, match="right program raises"):
        item_7_1.solve(broken)
    harmless = Bad("none", "        h = images + 0", "")
    with pytest.raises(RuntimeError, match="does no harm"):
        item_7_1.solve(Program("Network", good.shape, good.right, {15: harmless}))


def test_the_lectures_table_has_a_row_for_every_message_of_the_variants() -> None:
    stem = written()["pytorch_on_a_device"]
    source = (REPOSITORY / "solutions" / f"{stem}.md").read_text(encoding="utf-8")
    table = source.split("| what it says |")[1].split("\n\n")[0]
    quoted = [
        words.replace("\\_", "_")
        for row in table.splitlines()[2:]
        for words in re.findall(r"\*(.+?)\*", row.split("|")[1])
    ]
    any_of = [
        re.escape(words).replace(r"weight\ \(or\ bias\)", "(weight|bias)") for words in quoted
    ]
    any_of = [re.sub("'[a-z_]+'", "'.+'", re.sub(r"\d+", r"\\d+", one)) for one in any_of]
    any_of = [one.replace("…", ".*") for one in any_of]
    met = set()
    for seed in SEEDS:
        facts = asked(seed)[2]
        for i, bad in facts.bad.items():
            error = run(facts.text({i: bad.text}), facts.network, facts.shape).error
            found = [words for words in any_of if re.search(words, error)]
            assert found, error
            met.update(found)
    assert len(any_of) - len(met) == 1  # the stand-in's own words for two devices


def test_no_convolution_makes_so_many_pixels_as_a_wrong_flat_size_says() -> None:
    found = 0
    for seed in range(300):
        facts = item_7_1.facts(seed)
        for bad in facts.bad.values():
            if bad.kind == "flat size":
                _, *sides = map(int, bad.text.split("Linear(")[1].split(",")[0].split(" * "))
                assert isqrt(prod(sides)) ** 2 != prod(sides)
                found += 1
    assert found > 20


def test_one_channel_is_one() -> None:
    told = [b.why for seed in range(300) for b in item_7_1.facts(seed).bad.values()]
    assert any("expects 1 channel and" in why for why in told)
    assert not any("1 channels" in why for why in told)
