using PushPruner.Rules;

namespace PushPruner.Cli.Plan.InUse;

/// <summary>An expired image of which something in use names it or a part of it.</summary>
/// <param name="References">As they were given, the first first.</param>
sealed record UsedImage(string Repository, Verdict Verdict, IReadOnlyList<string> References);
