"""Runs migrations on the connection that `relocation.store.migrating` hands over."""

from alembic import context

from relocation.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
