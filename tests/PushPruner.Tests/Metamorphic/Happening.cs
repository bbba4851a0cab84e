using System.Globalization;
using CsCheck;
using PushPruner.LocalAws;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Metamorphic;

/// <summary>Something that CI or a person does to a repository, the same in whatever world it happens.</summary>
/// <param name="Pick">Which of the contents that were pushed before, or how long.</param>
sealed record Happening(Happening.What Kind, int Pick)
{
    public enum What
    {
        Push,
        PushUntagged,
        MoveLatest,
        PushRelease,

        /// <summary>
        /// Something that was pushed before is put with another tag: a promotion where it is still there, a push where it is gone.
        /// </summary>
        PutAgain,
        Days,
        Hours,
    }

    public static Gen<Happening> Some { get; } = Gen.Select(
            Given.Pick.Of(
                What.Push,
                What.Push,
                What.PushUntagged,
                What.MoveLatest,
                What.PushRelease,
                What.PutAgain,
                What.Days,
                What.Days,
                What.Hours),
            Gen.Int[0, 1_000])
        .Select((kind, pick) => new Happening(kind, pick));

    /// <summary>Lets it happen, a second after what was before.</summary>
    /// <param name="number">Its place in the history, which names what is new.</param>
    /// <returns>The events of it.</returns>
    public IReadOnlyList<RegistryEvent> HappenIn(PushScenario scenario, int number)
    {
        var name = number.ToString(CultureInfo.InvariantCulture);
        scenario.Clock.Advance(TimeSpan.FromSeconds(1));
        switch (Kind)
        {
            case What.Push:
                return [scenario.Pushed($"v{name}", name)];
            case What.PushUntagged:
                return [scenario.Pushed(null, name)];
            case What.MoveLatest:
                return [scenario.Pushed("latest", name)];
            case What.PushRelease:
                return [.. Release.Of($"r{name}").Puts.Select(put => scenario.Ecr.PutImage(put).Event!)];
            case What.PutAgain when number > 0:
                return [scenario.Pushed($"p{name}", (Pick % number).ToString(CultureInfo.InvariantCulture))];
            case What.Days:
                scenario.Clock.Advance(TimeSpan.FromDays(Pick % 6));
                return [];
            default:
                scenario.Clock.Advance(TimeSpan.FromHours(Pick % 24));
                return [];
        }
    }

    public override string ToString() => $"{Kind} {Pick}";
}
