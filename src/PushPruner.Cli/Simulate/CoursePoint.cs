namespace PushPruner.Cli.Simulate;

/// <summary>What is stored from an instant on, until the next point.</summary>
sealed record CoursePoint(DateTimeOffset From, int Images, long Bytes);
