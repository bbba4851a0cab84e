namespace PushPruner.Cli.Storage;

/// <summary>What is stored from an instant on, until the next point.</summary>
sealed record SeriesPoint(DateTimeOffset From, int Images, long Bytes);
