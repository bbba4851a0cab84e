namespace PushPruner.Cli.Amounts;

/// <summary>How far a number can be relied on.</summary>
enum Bound
{
    Exact,

    AtMost,

    AtLeast,

    /// <summary>It may be more or less.</summary>
    About,
}
