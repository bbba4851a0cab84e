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
