namespace PushPruner.Cli.Report.Charts;

/// <summary>An axis of bytes from zero, with ticks at round numbers.</summary>
sealed class ByteScale
{
    const int MostTicks = 5;

    static readonly long[] Rounds = [1, 2, 5];

    public ByteScale(long most)
    {
        var step = StepFor(Math.Max(most, 1));
        var count = Math.Max(1, (Math.Max(most, 1) + step - 1) / step);
        Top = step * count;
        Ticks = [.. Enumerable.Range(0, (int)count + 1).Select(n => n * step)];
    }

    /// <summary>The highest tick, at least what was asked for.</summary>
    public long Top { get; }

    /// <summary>From zero up.</summary>
    public IReadOnlyList<long> Ticks { get; }

    /// <summary>0 at the bottom to 1 at the top.</summary>
    public double Of(long bytes) => (double)bytes / Top;

    static long StepFor(long most)
    {
        var least = (most + MostTicks - 2) / (MostTicks - 1);
        for (var power = 1L; ; power *= 10)
        {
            foreach (var round in Rounds)
            {
                if (power * round >= least)
                    return power * round;
            }
        }
    }
}
