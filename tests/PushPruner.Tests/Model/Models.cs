namespace PushPruner.Tests.Model;

/// <summary>The models, each explored once for all tests.</summary>
static class Models
{
    static readonly Dictionary<string, Lazy<Exploration>> Explored = new()
    {
        [Push] = new(() => Exploration.Of(Push, PushSpec.Create(handlers: 1, acts: 3), PushSpec.WithDefects(handlers: 1, acts: 3))),
        [TwoPushes] = new(() =>
            Exploration.Of(TwoPushes, PushSpec.Create(handlers: 2, acts: 2), PushSpec.WithDefects(handlers: 2, acts: 2))),
        [TagRaces] = new(() => Exploration.Of(TagRaces, TagSpec.Create(runs: 2), TagSpec.WithDefects(runs: 2))),
        [Arrivals] = new(() => Exploration.Of(Arrivals, ProofSpec.Create(handlers: 2), ProofSpec.WithDefects(handlers: 2))),
        [Family] = new(() => Exploration.Of(Family, FamilySpec.Create(), FamilySpec.WithDefects())),
        [Reconcile] = new(() => Exploration.Of(Reconcile, ReconcileSpec.Create(), ReconcileSpec.WithDefects())),
    };

    public const string Push = "PushSpec, one run";
    public const string TwoPushes = "PushSpec, two runs";
    public const string TagRaces = "TagSpec";
    public const string Arrivals = "ProofSpec";
    public const string Family = "FamilySpec";
    public const string Reconcile = "ReconcileSpec";

    public static IEnumerable<string> Names => Explored.Keys;

    public static Exploration Get(string name) => Explored[name].Value;

    public static string About(string name) => name switch
    {
        Push => "a push step by step, three acts from outside: S1, S2, S4, S7, L1",
        TwoPushes => "the same with two runs at once, two acts from outside",
        TagRaces => "one image between confirmation and delete, to the tag, two runs: S1, S4, S5",
        Arrivals => "parts that arrive before their index, in any order, two runs: S2",
        Family => "a multi-arch image goes whole or stays whole: S3, S4, S5, L1",
        Reconcile => "a reconcile amid all the rest, breaker and dry run: S1, S4, S6, S8, L2",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such model"),
    };
}
