-- From before it was noted down: a deployment that lives must not be taken for one that was removed from its platform.
UPDATE deployment
    JOIN (SELECT deployment_pk, MAX(last_launch_at) AS last_at FROM context GROUP BY deployment_pk) launched
        ON launched.deployment_pk = deployment.id
SET deployment.last_seen_at = launched.last_at
WHERE deployment.status = 'ACTIVE'
    AND (deployment.last_seen_at IS NULL OR deployment.last_seen_at < launched.last_at);
