    found += t@N@::run(door)?;
