namespace Mtl.Data.Generators;

/// <summary>A topic of <see cref="Reviews"/> and the words that tell it.</summary>
internal sealed record ReviewTopic(string Name, string[] Verbs, string[] Nouns);

/// <summary>The lexicon of <see cref="Reviews"/>. Some names are in several lists, so that only the text around them says what they are.</summary>
internal static class ReviewWords
{
    public static readonly ReviewTopic[] Topics =
    [
        new("finance", ["opened", "closed", "transferred", "insured"], ["account", "loan", "mortgage", "fund", "policy", "card", "pension", "deposit"]),
        new("food", ["ordered", "tasted", "cooked", "shared"], ["soup", "curry", "dessert", "pizza", "breakfast", "salad", "wine", "bread"]),
        new("sport", ["watched", "joined", "lost", "won"], ["match", "race", "league", "training", "tournament", "final", "game", "marathon"]),
        new("technology", ["installed", "repaired", "tested", "returned"], ["laptop", "phone", "app", "router", "camera", "tablet", "update", "printer"]),
        new("travel", ["booked", "cancelled", "left", "enjoyed"], ["hotel", "flight", "cruise", "hostel", "tour", "train", "ferry", "beach"]),
    ];

    public static readonly string[] FirstNames =
    [
        "Nora", "Emil", "Aisha", "Marek", "Lena", "Tomas", "Ines", "Oscar", "Yuki", "Ravi", "Clara", "Hugo",
        "Jordan", "Paris", "Austin", "Florence", "Georgia", "Chelsea", "Sydney", "Devon",
    ];

    public static readonly string[] LastNames =
        ["Lindholm", "Novak", "Okafor", "Hale", "Moretti", "Silva", "Haddad", "Petrov", "Jansen", "Tanaka", "Rossi", "Kowalski", "Dubois", "Berg", "Lincoln", "Houston"];

    public static readonly string[] Places =
    [
        "Oslo", "Lisbon", "Prague", "Cape Town", "New York", "Kyoto", "Lima", "Cairo", "Porto", "San Marco", "Jordan", "Paris", "Austin", "Florence", "Georgia", "Chelsea", "Sydney", "Devon",
        "Lincoln", "Houston",
    ];

    public static readonly string[] Firms = ["Northwind", "Blue Harbor", "Contoso", "Fabrikam", "Silverline", "Red Oak", "Lumen", "Kestrel", "Lincoln", "Sydney", "Austin"];

    public static readonly string[] FirmEndings = ["Group", "Bank", "Air", "Foods", "Labs", "United"];

    public static readonly string[] Syllables = ["ma", "re", "vo", "ti", "lo", "san", "ke", "dor", "bel", "nu", "fi", "gar", "pa", "zen", "mi", "tor"];
}
