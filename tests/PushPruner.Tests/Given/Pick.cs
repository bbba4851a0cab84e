using CsCheck;

namespace PushPruner.Tests.Given;

static class Pick
{
    /// <summary>One of these values; one that stands several times comes up more often.</summary>
    public static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
