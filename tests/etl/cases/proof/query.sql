select phone from demo.people order by id;
