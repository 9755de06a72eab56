"""Word lists from which account names of each country are put together.

All names are invented. Beginnings and endings make a family or place name, which
stands beside a trade and the country's legal form. The trades of every language follow
the order of the industries.
"""

from dataclasses import dataclass

from kamlab.data.demo.kinds import (
    DISTRIBUTOR,
    MACHINE_BUILDER,
    PLANT_OPERATOR,
    PROJECT,
    WORKSHOP,
)

INDUSTRIES = {
    MACHINE_BUILDER: (
        "packaging machinery",
        "machine tools",
        "conveying",
        "robotics",
    ),
    PLANT_OPERATOR: ("food", "paper", "wood", "metals", "water"),
    DISTRIBUTOR: ("power transmission trade", "industrial supply"),
    PROJECT: ("plant engineering", "intralogistics", "energy"),
    WORKSHOP: ("repair shop", "tool making", "metal working"),
}
_ORDER = [industry for each in INDUSTRIES.values() for industry in each]


@dataclass(frozen=True)
class Words:
    """How companies of one country are named.

    Examples
    --------
    >>> WORDS["IT"].forms
    ('S.r.l.', 'S.p.A.')
    """

    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    trades: tuple[str, ...]
    forms: tuple[str, ...]
    towns: tuple[str, ...]
    pattern: str = "{stem} {trade} {form}"
    site_pattern: str = "{stem} {trade} {town} {form}"

    def trade_of(self, industry: str) -> str:
        """Return what the industry is called in names of this country.

        Examples
        --------
        >>> WORDS["DE"].trade_of("paper")
        'Papier'
        """
        return self.trades[_ORDER.index(industry)]


_GERMAN = (
    "Ahl Brem Dorn Eck Fahl Grun Hohl Ilm Jag Kess Lohr Merk Nies Ost Pfal Quer Raub "
    "Sall Tref Ulz Vehl Wend Zell Birk Drog Flem Gell Hark Kron Lust"
)
_GERMAN_ENDS = (
    "bach berger feld hausen ingen mann meier rode stedt thal wald werder winkel "
    "brink egger horst kamp leben moser roth"
)
_GERMAN_TRADES = (
    "Verpackungstechnik Werkzeugmaschinen Fördertechnik Robotik Molkerei Papier "
    "Holzwerke Hüttenwerke Wasserwerke Antriebstechnik Industriebedarf Anlagenbau "
    "Intralogistik Energietechnik Instandsetzung Werkzeugbau Metallbau"
)
_GERMAN_TOWNS = (
    "Altenried Burgstetten Grünhain Kaltenau Neudorf Oberrain Seefeld Waldau"
)

_SYLLABLES = {
    "昊": "Hao", "恒": "Heng", "瀚": "Han", "卓": "Zhuo", "铭": "Ming", "拓": "Tuo",
    "晟": "Sheng", "锐": "Rui", "凯": "Kai", "骏": "Jun", "博": "Bo", "朗": "Lang",
    "源": "Yuan", "诺": "Nuo", "泽": "Ze", "宸": "Chen", "岳": "Yue", "澜": "Lan",
    "翎": "Ling", "衡": "Heng", "砺": "Li", "舜": "Shun", "启": "Qi", "嘉": "Jia",
}  # fmt: skip
_CHINESE_TRADES = (
    "包装机械 数控机床 输送设备 机器人 食品 纸业 木业 金属 水务 "
    "传动 工业品 工程 智能物流 能源 机修 模具 金属加工"
)
_EAST = "苏州 无锡 常州 南京 上海 宁波 杭州 嘉兴 昆山 合肥"
_SOUTH = "广州 深圳 东莞 佛山 珠海 中山 惠州 厦门 江门 汕头"

_ENGLISH = (
    "Alder Bram Cald Dun Elm Fair Gran Haw Iron Kings Lang Mar Nor Oak Pem Rath Sel "
    "Thorn Under Wex Ash Brack Colt Dray Fern Glen"
)
_ENGLISH_ENDS = (
    "brook burn croft dale field ford gate ham hurst ley mere mont more port ridge "
    "stead ton wick worth yard"
)
_ENGLISH_TRADES = (
    "Packaging_Systems Machine_Tools Conveyors Robotics Foods Paper_Mills Lumber "
    "Metals Water Drives Industrial_Supply Engineering Intralogistics Power "
    "Repair Tooling Metalworks"
)
_CZECH_TRADES = (
    "Balicí_stroje Obráběcí_stroje Dopravníky Robotika Potraviny Papírna Dřevo "
    "Hutě Vodárna Pohony Průmyslové_potřeby Inženýring Intralogistika Energo "
    "Servis Nástroje Kovo"
)
_ITALIAN_TRADES = (
    "Imballaggi Macchine_Utensili Trasportatori Robotica Alimentari Cartiera "
    "Legnami Metalli Acque Trasmissioni Forniture_Industriali Impianti Logistica "
    "Energia Riparazioni Stampi Carpenteria"
)
_POLISH_TRADES = (
    "Opakowania Obrabiarki Przenośniki Robotyka Spożywcze Papier Drewno Metale "
    "Wodociągi Napędy Zaopatrzenie Inżynieria Intralogistyka Energetyka Serwis "
    "Narzędzia Ślusarstwo"
)
_FRENCH_TRADES = (
    "Emballages Machines-outils Convoyage Robotique Agroalimentaire Papeterie "
    "Bois Métaux Eaux Transmissions Fournitures_Industrielles Ingénierie "
    "Logistique Énergie Réparation Outillage Métallerie"
)
_DUTCH_TRADES = (
    "Verpakkingsmachines Werktuigmachines Transportsystemen Robotica Zuivel "
    "Papier Houtwerken Metalen Waterwerken Aandrijvingen Industriebenodigdheden "
    "Engineering Intralogistiek Energietechniek Reparatie Gereedschappen "
    "Metaalbewerking"
)
_SWEDISH_TRADES = (
    "Förpackning Verktygsmaskiner Transportörer Robotik Livsmedel Papper Trä "
    "Metall Vatten Transmission Industribehov Anläggning Intralogistik Energi "
    "Service Verktyg Plåt"
)


def _words(
    beginnings: str, endings: str, trades: str, forms: str, towns: str, **patterns: str
) -> Words:
    """Cut texts into words; an underscore stands for a space within one."""
    lists = (beginnings, endings, trades, forms, towns)
    words = [
        tuple(word.replace("_", " ") for word in text.split(" ")) for text in lists
    ]
    return Words(*words, **patterns)


def _german(forms: str) -> Words:
    return _words(_GERMAN, _GERMAN_ENDS, _GERMAN_TRADES, forms, _GERMAN_TOWNS)


def _english(forms: str, towns: str) -> Words:
    return _words(_ENGLISH, _ENGLISH_ENDS, _ENGLISH_TRADES, forms, towns)


def _chinese(towns: str) -> Words:
    """Chinese companies carry their town in front, where others have a legal form."""
    syllables = " ".join(_SYLLABLES)
    return _words(
        syllables,
        syllables,
        _CHINESE_TRADES,
        towns,
        towns,
        pattern="{form}{stem}{trade} {pinyin}",
        site_pattern="{form}{stem}{trade}（{town}） {pinyin}",
    )


def pinyin(stem: str) -> str:
    """Return how a Chinese company name of two characters is read.

    Examples
    --------
    >>> pinyin("昊锐"), pinyin("Ahlbach")
    ('Haorui', '')
    """
    return "".join(_SYLLABLES.get(each, "") for each in stem).capitalize()


#: The words of each country; China's depend on the region.
WORDS = {
    "DE": _german("GmbH GmbH_&_Co._KG AG KG"),
    "AT": _german("GmbH AG Ges.m.b.H."),
    "CH": _german("AG GmbH"),
    "CZ": _words(
        "Bor Chot Drah Hav Jes Kam Luh Mlad Ner Pod Rok Skal Tep Vlk Zab Hrad",
        "ovice ovka ostav otín arna opol omet ibor ava ěnice ová išov",
        _CZECH_TRADES,
        "s.r.o. a.s.",
        "Brno Zlín Tábor Kolín Opava",
    ),
    "IT": _words(
        "Ald Ber Cam Del Fer Gal Lom Mar Nov Or Pav Ros Sal Tor Val Zan",
        "anti arini elli enghi etti icchi inelli oletto ondi ori otti usco",
        _ITALIAN_TRADES,
        "S.r.l. S.p.A.",
        "Modena Bergamo Vicenza Parma Torino",
    ),
    "PL": _words(
        "Bor Czar Dob Gor Jas Kras Lub Mal Now Ostr Pol Rad Sob Tar Wis Zel",
        "anek ewo ino iszcz kowo nica niki owice ów szyn tor ycz",
        _POLISH_TRADES,
        "Sp._z_o.o. S.A.",
        "Poznań Łódź Gdynia Lublin Tychy",
    ),
    "FR": _words(
        "Arg Beau Cast Dur Esp Font Gard Haut Lav Mont Niv Orm Pré Roch Sauv Vern",
        "ac agne aud elle ence erat eville iers igny ois onnet ville",
        _FRENCH_TRADES,
        "SAS SARL SA",
        "Lille Nantes Lyon Dijon Metz",
    ),
    "NL": _words(
        "Aal Bos Dijk Eik Groen Hoog Kerk Laan Meer Oud Rijn Sluis Veen Water Zand",
        "beek berg burg dam daal horst kamp man mans stra veld zicht",
        _DUTCH_TRADES,
        "B.V. N.V.",
        "Tilburg Zwolle Breda Venlo Almelo",
    ),
    "SE": _words(
        "Al Björk Dal Ek Fors Gran Hag Järn Käll Lind Mal Norr Sjö Sten Vik Öst",
        "backa berga bruk dala fors hult köping lund näs sta torp vall",
        _SWEDISH_TRADES,
        "AB",
        "Örebro Växjö Luleå Borås Gävle",
    ),
    "US": _english("Inc. LLC Corp. Co.", "Dayton Akron Toledo Tulsa"),
    "CA": _english("Ltd. Inc.", "Guelph Windsor London Oshawa"),
    "East China": _chinese(_EAST),
    "South China": _chinese(_SOUTH),
}
