namespace PushPruner.Cli.Amounts;

/// <summary>Bounds before the numbers that they are of.</summary>
static class Bounds
{
    /// <summary>"up to " before a number in a sentence; nothing before an exact one.</summary>
    public static string Before(this Bound bound) => bound switch
    {
        Bound.AtMost => "up to ",
        Bound.AtLeast => "at least ",
        Bound.About => "about ",
        _ => "",
    };

    /// <summary>The same in a cell of a table.</summary>
    public static string Mark(this Bound bound) => bound switch
    {
        Bound.AtMost => "≤ ",
        Bound.AtLeast => "≥ ",
        Bound.About => "~ ",
        _ => "",
    };

    /// <summary>The same for scripts.</summary>
    public static string Word(this Bound bound) => bound switch
    {
        Bound.AtMost => "at-most",
        Bound.AtLeast => "at-least",
        Bound.About => "about",
        _ => "exact",
    };

    /// <summary>A number that both bounds limit.</summary>
    public static Bound And(this Bound a, Bound b) => a == b || b == Bound.Exact ? a : a == Bound.Exact ? b : Bound.About;
}
