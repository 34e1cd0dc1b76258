-- The workers' role may read and write rows, and nothing else. Where the role does not exist, the owner runs the workers.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'oms_app') THEN
        GRANT USAGE ON SCHEMA public TO oms_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO oms_app;
        REVOKE INSERT, UPDATE, DELETE ON schema_migration FROM oms_app;
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO oms_app;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO oms_app;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO oms_app;
    END IF;
END
$$;
