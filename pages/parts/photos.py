"""Photos on signed-in pages: shown by their address, so that the gate sees every look at them."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from db.views import PhotoView
from documents.photos import check_size, shrink
from domain.errors import N_, FieldError
from domain.photos import MOST_PHOTOS, PhotoIn
from pages.parts.words import _

TYPES = ["jpg", "jpeg", "png", "webp"]
WIDTH = 144  # two beside each other on the narrowest phone


def address(photo: PhotoView, small: bool = False) -> str:
    """The photo's address on this server; `st.image` wants a whole one."""
    here = urlsplit(st.context.url or "http://localhost/")
    return f"{here.scheme}://{here.netloc}/photo/{photo.code}{'/small' if small else ''}"


def show_photos(photos: Sequence[PhotoView], what: str) -> None:
    """Small photos in a row, each a link to the whole one.

    Args:
        what: what they show, for whoever cannot see them.
    """
    if not photos:
        return
    with st.container(horizontal=True, gap="small"):
        for number, photo in enumerate(photos, start=1):
            st.image(
                address(photo, small=True),
                width=WIDTH,
                link=address(photo),
                alt=_("Photo {n}: {what}", n=number, what=what),
            )


def photo_input(key: str) -> None:
    """The field for photos; on phones it offers the camera."""
    st.file_uploader(
        _("Photos, up to {n}", n=MOST_PHOTOS),
        type=TYPES,
        accept_multiple_files=True,
        key=key,
    )


def checked(files: Sequence[UploadedFile]) -> tuple[PhotoIn, ...]:
    """The uploaded photos as the house keeps them.

    Raises:
        FieldError: too many, or one that is no photo.
    """
    if len(files) > MOST_PHOTOS:
        raise FieldError("photos", N_("Choose at most {most} photos."), most=MOST_PHOTOS)
    for number, file in enumerate(files, start=1):
        check_size(file.size, number)
    return tuple(shrink(file.getvalue(), number) for number, file in enumerate(files, start=1))
