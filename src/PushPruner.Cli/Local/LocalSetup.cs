namespace PushPruner.Cli.Local;

/// <summary>What is to be run.</summary>
/// <param name="Port">0 takes a free one.</param>
sealed record LocalSetup(int Port, string Account, string Region, Settings Settings);
