namespace PushPruner.Listing;

/// <summary>
/// Doubt that does not pass by itself. A reconcile has just listed the repository and read what was unread, so what it still doubts of a
/// manifest that was pushed a week ago, the next one will doubt as well.
/// </summary>
static class LastingDoubt
{
    static readonly TimeSpan Age = TimeSpan.FromDays(7);

    /// <summary>A manifest without a push time counts: that is what is doubtful about it.</summary>
    public static bool IsOne(Verdict verdict, DateTimeOffset now) =>
        verdict.IsDoubt && (verdict.Manifest.PushedAt is not { } pushedAt || now - pushedAt > Age);
}
