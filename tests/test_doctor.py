import shutil
from importlib import metadata

from typer.testing import CliRunner

from course_utils import doctor, lab, runtime
from course_utils.cli import app


def needs():
    return {need.name: need for need in doctor.examine()}


def test_on_a_machine_where_the_tests_run_everything_is_ok(remembering):
    found = needs()
    assert not [str(need) for need in found.values() if need.failed]
    for name in ("Python", "numpy", "torch", "device", "data", "front end anywidget"):
        assert name in found
    assert str(found["numpy"]).startswith("OK    numpy: ")


def test_a_missing_and_an_old_package_fail_with_what_to_do(monkeypatch):
    versions = {"numpy": "1.20.0"}

    def version(name):
        if name == "torch":
            raise metadata.PackageNotFoundError(name)
        return versions.get(name) or original(name)

    original = metadata.version
    monkeypatch.setattr(doctor.metadata, "version", version)
    found = needs()
    assert "FAIL  torch: not installed — run `make install`" in str(found["torch"])
    assert "1.20.0, but >=2.0 is needed — run `make install`" in str(found["numpy"])


def test_what_is_optional_may_be_missing(monkeypatch, remembering):
    def version(name):
        if name in ("pypandoc_binary", "typst"):
            raise metadata.PackageNotFoundError(name)
        return original(name)

    original = metadata.version
    monkeypatch.setattr(doctor.metadata, "version", version)
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(runtime, "_INSTALLED", {})
    optional = [need for need in needs().values() if need.optional]
    assert [need.name.split()[0] for need in optional] == ["pandoc", "typst", "Chromium"]
    for need in optional:
        assert not need.ok
        assert str(need).startswith(f"–     optional: {need.name}: not found, and not needed for")
    assert CliRunner().invoke(app, ["doctor"]).exit_code == 0


def test_what_is_optional_and_there_is_ok(monkeypatch):
    monkeypatch.setattr(
        "shutil.which", lambda name: "/opt/chromium" if name == "chromium" else None
    )
    line = str(needs()["Chromium (to test in a browser)"])
    assert line == "OK    optional: Chromium (to test in a browser): chromium"


def test_a_missing_front_end_fails(monkeypatch):
    monkeypatch.setattr(doctor, "jupyter_path", lambda _: [])
    assert not needs()["front end anywidget"].ok


def test_a_folder_that_cannot_be_written_fails_with_what_to_do(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "file" / "data"))
    need = needs()["write access for progress"]
    assert not need.ok
    assert "COURSE_DATA_DIR" in str(need)


def test_without_the_courses_folder_the_lectures_are_missing_and_nothing_is_made(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(doctor, "REPOSITORY", tmp_path)
    for need in (doctor._lectures(), needs()["write access for answers"]):
        assert need.failed
    assert "run this in the course's folder" in str(doctor._lectures())
    assert list(tmp_path.iterdir()) == []


def test_broken_data_are_reported_and_not_raised(monkeypatch):
    def broken(seed):
        raise OSError("disk error")

    monkeypatch.setattr("course_utils.data.load_wine_split", broken)
    assert "FAIL  data: OSError: disk error" in str(needs()["data"])


def test_an_extension_that_is_older_than_the_course_fails(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "jupyter_path", lambda _: [str(tmp_path)])
    installed = tmp_path / lab.NAME
    shutil.copytree(lab.LABEXTENSIONS / lab.NAME, installed)
    assert needs()[f"front end {lab.NAME}"].ok
    (installed / "static" / "plugin.js").write_text("// yesterday's")
    need = needs()[f"front end {lab.NAME}"]
    assert "older than the course — run `make install`" in str(need)
    shutil.rmtree(installed)
    assert "no saved widgets" in str(needs()[f"front end {lab.NAME}"])


def test_a_user_without_a_home_folder_is_told_so_and_nothing_raises(monkeypatch):
    def no_entry(_):
        raise KeyError("no entry")

    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.delenv("COURSE_DATA_DIR", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("JUPYTER_DATA_DIR", raising=False)
    monkeypatch.setattr("pwd.getpwuid", no_entry)
    found = needs()
    for name in ("front end anywidget", "write access for progress"):
        assert found[name].failed
        assert "no home folder — set HOME" in str(found[name])
    assert found["write access for answers"].ok
