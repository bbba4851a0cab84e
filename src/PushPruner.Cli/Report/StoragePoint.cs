namespace PushPruner.Cli.Report;

/// <summary>Bytes stored at the end of a day.</summary>
sealed record StoragePoint(DateOnly Day, long Without, long With);
