"""The files of the pages, served under names that change with what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

ONE_MODULE_FROM_ANOTHER = (r"""(?P<matched>from "(?P<url>\./[a-z]+\.js)")""", 'from "%(url)s"')


class FilesOfThePages(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Name our modules after their content, also where one imports another: no device ever mixes two versions."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("ui/offline/*.js", (ONE_MODULE_FROM_ANOTHER,)),
    )
