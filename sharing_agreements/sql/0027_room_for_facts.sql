-- Governed tables of databases made before gate.protect left room on their pages (sql/0005) leave it from now on.

set local role eh_owner;
do $$
declare target text;
begin
    for target in select table_name from gate.governed loop
        execute format('alter table %I set (fillfactor = 85)', target);
    end loop;
    alter table sharing_agreements_personfacts set (fillfactor = 85);
end
$$;
