"""Where records came from."""

from django.db import models

from crm.web import clock


class Batch(models.Model):
    """One import, one load of sample data, or one generation of made-up volume."""

    IMPORT, SAMPLE, GENERATED = "import", "sample", "generated"

    kind = models.CharField(max_length=10, choices=[(k, k) for k in (IMPORT, SAMPLE, GENERATED)])
    label = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.label or self.kind


class ExternalRef(models.Model):
    """What a record is called elsewhere, so that importing the same file again changes nothing.

    `record_type` is the model's lower-case name ("deal"), as in the full-text index.
    """

    source = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=255)
    record_type = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.CASCADE)
    # The record's version as the last import left it: while it is that, nobody has changed the record here.
    # 0 where the record was here before.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind", "key"], name="external_ref_once")]
        indexes = [models.Index(fields=["record_type", "record_id"])]
