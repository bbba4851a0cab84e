namespace PushPruner.Cli.Report;

/// <summary>An image that is kept until a person has looked at it.</summary>
sealed record Doubt(string Repository, string Name, string Reason);
