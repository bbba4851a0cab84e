namespace PushPruner.LocalAws;

/// <summary>How old the answer to a read is. See <see cref="Fault.Lag"/>.</summary>
/// <param name="By">Pushes and tags of the last so much time don't show.</param>
/// <param name="OfTagsOnly">What was pushed shows, with the tags it had then.</param>
sealed record Lag(TimeSpan By, bool OfTagsOnly);
