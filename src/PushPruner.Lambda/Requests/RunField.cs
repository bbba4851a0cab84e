using System.Globalization;
using PushPruner.Policies;

namespace PushPruner.Lambda.Requests;

/// <summary>The field with the number of the state machine's run of a repository. It is used for metrics only.</summary>
static class RunField
{
    public const string Name = "run";

    public static int? Read(RequestFields fields) => fields.Number(Name, Number);

    static int Number(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var run) && run is >= 1 and <= RepeatedRuns.Most
            ? run
            : throw new SettingException(name, text, "a whole number from 1 to 20, which the state machine writes; leave it out");
}
