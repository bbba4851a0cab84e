using PushPruner.Benchmarks;

return await Modes.RunAsync(args);
