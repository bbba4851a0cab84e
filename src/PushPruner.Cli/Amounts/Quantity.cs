using System.Runtime.InteropServices;

namespace PushPruner.Cli.Amounts;

/// <summary>A number of bytes, and how far it can be relied on.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Quantity(long Bytes, Bound Bound)
{
    /// <summary>
    /// A sum over images. A layer that several of them have counts in each, and ECR stores it once: less is stored, and less is freed.
    /// </summary>
    public static Quantity OfImages(long bytes) => new(bytes, bytes == 0 ? Bound.Exact : Bound.AtMost);

    /// <summary>"up to 3.2 GB".</summary>
    public string Shown => Bound.Before() + Amounts.Bytes.Shown(Bytes);

    /// <summary>"up to $0.32".</summary>
    public string Monthly(Price price) => Bound.Before() + price.Shown(Bytes);

    /// <summary>"≤ 3.2 GB", for a cell of a table.</summary>
    public string InCell => Bound.Mark() + Amounts.Bytes.Shown(Bytes);

    /// <summary>"≤ $0.32".</summary>
    public string MonthlyInCell(Price price) => Bound.Mark() + price.Shown(Bytes);

    /// <summary>"up to $4".</summary>
    public string Yearly(Price price) => Bound.Before() + price.ShownAYear(Bytes);
}

/// <summary>How far a number can be relied on.</summary>
enum Bound
{
    Exact,

    AtMost,

    AtLeast,

    /// <summary>It may be more or less.</summary>
    About,
}

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
