"""What tests of workbooks share."""

import tempfile

import pytest


@pytest.fixture
def restored_tempdir():
    before = tempfile.tempdir
    yield
    tempfile.tempdir = before
