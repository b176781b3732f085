"""Static files under hashed names, compressed once at collectstatic."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also rewrites imports between ES modules, so that a hashed module imports hashed modules."""

    support_js_module_import_aggregation = True
