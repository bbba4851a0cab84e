using CsCheck;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>One call of the index, in a small world so that calls meet: few digests, few tags, few instants.</summary>
/// <param name="Age">Which revision it claims to have read: 0 the latest it was given, 1 the one before, 2 none.</param>
/// <param name="Wait">Passes before it.</param>
sealed record Step(StepKind Kind, int Number, int Age, int? RankedAt, int? DueFrom, string? Stream, string[] Tags, TimeSpan Wait)
{
    /// <summary>Those that rows are in.</summary>
    public static readonly string[] Streams = [PushPruner.Rules.Kind.Image, "application/vnd.cncf.helm.config.v1+json", "image#"];

    static readonly string[] SomeTags = ["latest", "1.0", "release-1"];

    static readonly Gen<int?> Instant = Gen.Frequency((1, Gen.Const((int?)null)), (3, Gen.Int[0, 4].Select(i => (int?)i)));

    static readonly Gen<TimeSpan> Pause = Gen.Frequency(
        (6, Gen.Const(TimeSpan.Zero)),
        (3, Gen.Const(TimeSpan.FromMinutes(1))),
        (1, Gen.Const(TimeSpan.FromDays(45))));

    public static Gen<Step[]> History { get; } = Gen.Select(
        Gen.Frequency(
            (8, Gen.Const(StepKind.Write)),
            (3, Gen.Const(StepKind.Remove)),
            (2, Gen.Const(StepKind.WriteState)),
            (3, Gen.Const(StepKind.WriteBearer)),
            (2, Gen.Const(StepKind.RemoveBearer)),
            (1, Gen.Const(StepKind.AddOwner)),
            (1, Gen.Const(StepKind.AddReferrer)),
            (4, Gen.Const(StepKind.Bury)),
            (3, Gen.Const(StepKind.Look))),
        Gen.Int[1, 5],
        Gen.Frequency((5, Gen.Const(0)), (1, Gen.Const(1)), (1, Gen.Const(2))),
        Instant,
        Instant,
        Gen.Frequency((1, Gen.Const((string?)null)), (4, Gen.Int[0, 2].Select(i => (string?)Streams[i]))),
        Gen.Int[0, 2].Select(i => SomeTags[i]).Array[0, 3],
        Pause,
        (kind, number, age, ranked, due, stream, tags, wait) => new Step(kind, number, age, ranked, due, stream, tags, wait)).Array[5, 40];
}
