-- Keepers of the directory say whether a service that is closed for now keeps a waiting list.

set local role eh_owner;

grant update (keeps_list) on cases_service to eh_web;
