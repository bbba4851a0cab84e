namespace PushPruner.Cli.Report;

/// <summary>What becomes of an image.</summary>
enum VerdictKind
{
    Kept,
    Expired,

    /// <summary>Kept because something about it can't be established.</summary>
    Doubtful,
}
