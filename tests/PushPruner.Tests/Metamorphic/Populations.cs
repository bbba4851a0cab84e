using System.Globalization;
using CsCheck;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Metamorphic;

/// <summary>Repositories of every kind of image that the rule tells apart.</summary>
static class Populations
{
    public static readonly Gen<(int Kind, int Hours, int Pick)[]> SomeRepository = Gen.Select(
        Gen.Int[0, 11], Gen.Int[0, 1_000], Gen.Int[0, 1_000]).Array[0, 25];

    public static void Fill(PushScenario scenario, IEnumerable<(int Kind, int Hours, int Pick)> images)
    {
        foreach (var ((kind, hours, pick), n) in images.Select((image, n) => (image, n)))
        {
            var name = n.ToString(CultureInfo.InvariantCulture);
            var days = hours / 24d;
            switch (kind)
            {
                case 0:
                    Release.Of($"r{name}").IsIn(scenario.Ecr, days);
                    break;
                case 1:
                    scenario.HasImage(name, days, i => i with { Tags = [] });
                    break;
                case 2:
                    scenario.HasImage(name, days, i => i with { Tags = [$"v{name}", $"prod-{name}"] });
                    break;
                case 3:
                    scenario.HasImage(name, days, i => i with { LastRecordedPullTime = PushScenario.Noon.AddHours(-pick) });
                    break;
                case 4:
                    scenario.HasImage(name, days, i => i with { Status = "ARCHIVED" });
                    break;
                case 5:
                    scenario.HasImage(name, days, i => i with { LastActivatedAt = PushScenario.Noon.AddHours(-pick) });
                    break;
                case 6:
                    scenario.HasImage(name, days, i => i with { Tags = [$"a{name}", $"b{name}", $"c{name}"] });
                    break;
                case 7:
                    scenario.HasImage($"{name}-linux-amd64", days);
                    break;
                default:
                    scenario.HasImage(name, days);
                    break;
            }
        }
    }
}
