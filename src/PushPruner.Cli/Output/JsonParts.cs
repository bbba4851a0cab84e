namespace PushPruner.Cli.Output;

/// <summary>What the documents of several commands have in common.</summary>
static class JsonParts
{
    public static void List(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>An object for each item.</summary>
    public static void Array<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Object(this Utf8JsonWriter json, string name, Action write)
    {
        json.WriteStartObject(name);
        write();
        json.WriteEndObject();
    }

    /// <summary>Nothing where there is none.</summary>
    public static void Known(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }

    /// <inheritdoc cref="Known(Utf8JsonWriter, string, string?)"/>
    public static void Known(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
            json.WriteString(name, known.UtcDateTime);
    }

    /// <inheritdoc cref="Known(Utf8JsonWriter, string, string?)"/>
    public static void Known(this Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
    }

    public static void Policy(this Utf8JsonWriter json, RetentionPolicy policy, int? maxDeletes = null) => json.Object("policy", () =>
    {
        json.WriteNumber("keepNewest", policy.KeepNewest);
        json.WriteNumber("keepDays", policy.KeepFor.TotalDays);
        json.WriteString("protectTags", policy.ProtectTags.ToString());
        json.WriteNumber("keepPulledDays", policy.KeepPulledFor.TotalDays);
        json.WriteNumber("settleMinutes", policy.SettleTime.TotalMinutes);
        json.Known("maxDeletes", maxDeletes);
    });

    public static void Source(this Utf8JsonWriter json, ISource source) => json.Object("source", () =>
    {
        json.WriteString("title", source.Title);
        json.WriteString("account", source.Place.Account);
        json.WriteString("region", source.Place.Region);
    });
}
