from importlib import metadata

from course_utils import doctor


def needs():
    return {need.name: need for need in doctor.examine()}


def test_on_a_machine_where_the_tests_run_everything_is_ok(remembering):
    found = needs()
    assert all(need.ok for need in found.values()), [str(n) for n in found.values() if not n.ok]
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


def test_a_missing_front_end_fails(monkeypatch):
    monkeypatch.setattr(doctor, "jupyter_path", lambda _: [])
    assert not needs()["front end anywidget"].ok


def test_a_folder_that_cannot_be_written_fails_with_what_to_do(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "file" / "data"))
    need = needs()["write access for progress"]
    assert not need.ok
    assert "COURSE_DATA_DIR" in str(need)


def test_broken_data_are_reported_and_not_raised(monkeypatch):
    def broken(seed):
        raise OSError("disk error")

    monkeypatch.setattr("course_utils.data.load_wine_split", broken)
    assert "FAIL  data: OSError: disk error" in str(needs()["data"])
