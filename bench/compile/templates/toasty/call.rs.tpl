    found += t@N@::run(door).await?;
