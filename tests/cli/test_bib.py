"""`reader bib`: a file follows the library, and nothing of its owner's is touched."""

import json
import stat

import pytest

OWN = "% mine\n@article{mine, title = {Mine}}\n"
SIMON, KAMB = "simon2026there", "kamb2024analytic"


@pytest.fixture
def thesis(filled, tmp_path):
    path = tmp_path / "thesis.bib"
    path.write_text(OWN)
    assert filled("bib", "new", path)[0] == 0
    return path


def test_papers_go_in_and_out_by_their_tag(filled, thesis):
    assert thesis.read_text() == OWN
    filled("tag", "+bib/thesis", SIMON, KAMB)
    _, _, err = filled("bib", "sync")
    assert "2 added" in err
    text = thesis.read_text()
    assert text.startswith(OWN)
    assert f"@misc{{{SIMON}," in text
    assert "abstract" not in text
    filled("undo")
    filled("bib", "sync")
    assert thesis.read_text().strip() == OWN.strip()


def test_a_new_file_is_there_at_once_and_others_may_read_it(filled, thesis, tmp_path):
    new = tmp_path / "new.bib"
    assert filled("bib", "new", new)[0] == 0
    assert new.read_text() == ""
    plain = tmp_path / "plain"
    plain.touch()
    assert new.stat().st_mode == plain.stat().st_mode
    thesis.chmod(0o640)
    filled("tag", "+bib/thesis", SIMON)
    filled("bib", "sync")
    assert stat.S_IMODE(thesis.stat().st_mode) == 0o640
    code, _, err = filled("bib", "new", tmp_path / "no folder" / "x.bib")
    assert code == 2
    assert "No such file or directory" in err
    assert "no folder" not in filled("bib", "ls")[1]


def test_a_query_is_followed(filled, thesis):
    filled("bib", "new", thesis, "--query", "title:scaling")
    assert thesis.read_text().count("@misc{") == filled("list", "title:scaling")[1].count("\n")
    before = thesis.read_text()
    assert filled("bib", "new", thesis, "--query", "is:nonsense")[0] == 2
    assert thesis.read_text() == before
    told = json.loads(filled("bib", "ls", "--json")[1])
    assert (told["query"], told["tag"], told["active"]) == ("title:scaling", "bib/thesis", True)


def test_what_the_owner_changed_stands(filled, thesis):
    filled("tag", "+bib/thesis", SIMON)
    filled("bib", "sync")
    mine = thesis.read_text().replace("There Will Be", "There WILL Be")
    thesis.write_text(mine)
    _, _, err = filled("bib", "sync")
    assert "1 entries there are yours and stay" in err
    filled("tag", "-bib/thesis", SIMON)
    filled("bib", "sync")
    assert thesis.read_text() == mine


def test_checks_and_use(filled, thesis, tmp_path):
    filled("tag", "+bib/thesis", SIMON, KAMB)
    filled("bib", "sync")
    code, out, _ = filled("bib", "check")
    assert code == 6
    assert f"thesis.bib: {SIMON}: more authors than are known" in out
    (tmp_path / "ch1.tex").write_text(f"text\n\\cite{{{SIMON},nobody2020}}\n")
    code, out, _ = filled("bib", "used", tmp_path)
    assert code == 6
    assert f"{SIMON}  ch1.tex:2" in out
    assert "nobody2020  missing in thesis.bib: ch1.tex:2" in out
    assert f"{KAMB}  unused" in out
    assert "mine  unused" in out
    assert filled("bib", "used", tmp_path / "nowhere")[0] == 2


def test_what_is_refused(filled, tmp_path, library_path):
    assert filled("bib", "new")[0] == 2
    assert filled("bib", "used")[0] == 2
    assert filled("bib", "sync", tmp_path / "other.bib")[0] == 2
    assert filled("bib", "rm", tmp_path / "other.bib")[0] == 2
    assert filled("bib", "new", library_path)[0] == 4
    latin = tmp_path / "latin.bib"
    latin.write_bytes("% caf\xe9".encode("latin-1"))
    assert filled("bib", "new", latin)[0] == 4
    assert latin.read_bytes() == "% caf\xe9".encode("latin-1")


def test_one_is_let_go(filled, thesis):
    assert filled("bib", "rm", thesis)[0] == 0
    assert filled("bib", "ls")[1] == ""
    assert thesis.read_text() == OWN
