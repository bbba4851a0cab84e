namespace PushPruner.EndToEnd.Tests.Readme;

/// <summary>What stands between two lines of three backticks.</summary>
/// <param name="Language">What stands behind the first three.</param>
sealed record FencedBlock(string Language, List<string> Lines);
